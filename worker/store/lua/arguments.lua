-- The arguments of a call. Prepended to every script.
--
-- `given` holds them by name: a script reads `given.job_id`, and fails if the call names no such argument. `items` is the
-- list that may follow them. An argument without a value is an empty text.
local given, items = {}, {}
do
  local last = 1 + 2 * ARGV[1]
  for i = 2, last, 2 do given[ARGV[i]] = ARGV[i + 1] end
  for i = last + 1, #ARGV do table.insert(items, ARGV[i]) end
  setmetatable(given, {__index = function(_, name) error('there is no argument ' .. name) end})
end
