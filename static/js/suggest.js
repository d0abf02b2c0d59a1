/* Titles while one types, on the pages whose field asks for them. */
import { suggestTitles } from "./modules/combobox.js";

suggestTitles(document);
