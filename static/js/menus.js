/* The entries of a menu in the admin: put in order by dragging or by buttons. */
import { reorder } from "./modules/reorder.js";

const group = document.getElementById("items-group");
if (group) reorder(group);
