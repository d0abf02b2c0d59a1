/* The form of a page in the admin: says who else has it open, that somebody has saved it meanwhile, and saves in place;
   what is said to be missing leads to its field. */
import { watchEditing } from "./modules/editing.js";
import { leadToFields } from "./modules/leading.js";
import { focusWrongText, saveInPlace } from "./modules/saving.js";

watchEditing(document);
saveInPlace(document);
leadToFields(document);
addEventListener("load", () => focusWrongText(document));
