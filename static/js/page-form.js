/* The form of a page in the admin: says who else has it open, and that somebody has saved it meanwhile. */
import { watchEditing } from "./modules/editing.js";

watchEditing(document);
