/* The form of a position: suggests places, and keeps what is typed. */
import { keepDraft } from "./modules/autosave.js";
import { suggestPlaces } from "./modules/places.js";

suggestPlaces(document);
keepDraft(document);
