-- Changes what people call a batch and note of it. Answers 1, or 0 if there is no such batch. What was written before is to
-- be gone from the disk.
local batch_key, clean_key = unpack(KEYS)
local batch_id = ARGV[1]

if redis.call('EXISTS', batch_key) == 0 then return 0 end
if ARGV[2] then redis.call('HSET', batch_key, unpack(ARGV, 2)) end
redis.call('DEL', clean_key)
count_change(batch_id, {})
return 1
