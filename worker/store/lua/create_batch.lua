-- Stores a batch whose jobs are stored already. Answers {'made'}, or what `find_known` says of the Idempotency-Key.
local batch_key, request_key = unpack(KEYS)
local batch_id, digest, now = unpack(ARGV, 1, 3)
local batch_fields = {unpack(ARGV, 4)}

local known = find_known(request_key, digest)
if known then return known end
remember_request(request_key, digest, batch_id)
redis.call('HSET', batch_key, unpack(batch_fields))
redis.call('EXPIRE', batch_key, seconds.record)
list_upload('batch', names.batches, name_owner(batch_key), batch_id, now)
check_end_of_batch(batch_id)
return {'made'}
