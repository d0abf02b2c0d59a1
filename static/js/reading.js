/* Comforts of a long article, over links that work without them. */
import { followReading } from "./modules/contents.js";
import { openFigures } from "./modules/figures.js";

followReading(document);
openFigures(document.querySelector(".full-text") ?? document.body);
