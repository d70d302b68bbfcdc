-- Deletes everything that is kept of a batch, but not its jobs.
local batch_id = given.batch_id
local batch_key = names.batch .. batch_id

local request_keys = redis.call('HGET', batch_key, 'request')  -- with a space between them
for request_key in string.gmatch(request_keys or '', '%S+') do redis.call('DEL', request_key) end
redis.call('ZREM', names.batches .. name_owner(batch_key), batch_id)
delete_batch(batch_id)
