-- Changes what people call a batch and note of it: `items` are the fields, each with its value. Answers 1, or 0 if there is
-- no such batch. What was written before is to be gone from the disk.
local batch_key = names.batch .. given.batch_id

if redis.call('EXISTS', batch_key) == 0 then return 0 end
if #items > 0 then redis.call('HSET', batch_key, unpack(items)) end
redis.call('DEL', names.clean)
count_change(given.batch_id, {})
return 1
