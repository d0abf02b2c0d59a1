/* Comforts of a long article, over links that work without them. */
import { followReading } from "./modules/contents.js";
import { openFigures } from "./modules/figures.js";
import { reachWideFormulas } from "./modules/formulas.js";
import { keepPlace } from "./modules/place.js";
import { showReferences } from "./modules/reference-card.js";

followReading(document);
openFigures(document.querySelector(".full-text") ?? document.body);
reachWideFormulas(document);
showReferences(document.querySelector(".full-text") ?? document.body);
keepPlace(document.querySelector(".full-text"));
