// The marks of the résumés of a batch.

import { updateRow } from "./batch.js";
import { makeMarks } from "./mark_signs.js";
import { isBlind, nameRow } from "./rows.js";
import { showMarks } from "./table.js";

showMarks((row) =>
  makeMarks({
    key: row.number,
    name: nameRow(row),
    job: row.job,
    mark: row.mark,
    isBlind: isBlind(),
    update: (mark) => updateRow(row.number, { mark }),
  }),
);
