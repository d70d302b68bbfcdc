-- Stores a batch whose jobs are stored already; `items` are its fields, each with its value. Answers {'made'}, or what
-- `find_used_key` answers for the Idempotency-Key.
local batch_id = given.batch_id
local batch_key = names.batch .. batch_id

local used = find_used_key(given.request_key, given.digest)
if used then return used end
remember_request(given.request_key, given.digest, batch_id)
redis.call('HSET', batch_key, unpack(items))
redis.call('EXPIRE', batch_key, seconds.record)
list_upload('batch', names.batches, name_owner(batch_key), batch_id, given.now)
check_end_of_batch(batch_id)
return {'made'}
