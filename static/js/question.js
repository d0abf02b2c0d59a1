/* The page of a question in the admin: keeps half an answer, and says who else has the question open. */
import { keepAnswer } from "./modules/answer-draft.js";

keepAnswer(document);
