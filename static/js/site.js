/* Comforts over links and forms that work without them. */
import { closeDisclosures } from "./modules/disclosures.js";
import { focusSummary } from "./modules/errors.js";
import { autoSubmit } from "./modules/autosubmit.js";
import { helpAsking } from "./modules/ask.js";
import { sendOnce } from "./modules/once.js";

closeDisclosures(document);
focusSummary(document);
autoSubmit(document);
helpAsking(document);
sendOnce(document);
