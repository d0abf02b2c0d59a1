/* Comforts of the Journal’s own page, which is whole without them. */
import { sayWhatIsNew } from "./modules/visits.js";

sayWhatIsNew(document);
