/* Places while one types, on the pages whose fields ask for them. */
import { suggestPlaces } from "./modules/places.js";

suggestPlaces(document);
