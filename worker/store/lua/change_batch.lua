-- Changes the name or note of a batch: `items` are the fields, each with its value. Answers 1, or 0 if the batch does not
-- exist. The earlier values are deleted from the disk, too, by a rewrite of the append-only file.
local batch_key = names.batch .. given.batch_id

if redis.call('EXISTS', batch_key) == 0 then return 0 end
if #items > 0 then redis.call('HSET', batch_key, unpack(items)) end
redis.call('DEL', names.clean)
count_change(given.batch_id, {})
return 1
