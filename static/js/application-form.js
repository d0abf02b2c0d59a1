/* The application for membership: keeps what is typed. */
import { keepDraft } from "./modules/autosave.js";

keepDraft(document);
