/* Titles while one types, on the pages whose field asks for them. */
import { suggestTitles } from "./modules/titles.js";

suggestTitles(document);
