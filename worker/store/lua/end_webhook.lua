-- Notes an attempt to send a webhook and gives back its slots; `again_seconds` is empty for the last attempt.
-- Answers the webhooks that waited for these slots.
local ref = given.ref
local deliveries_key = names.deliveries .. ref

redis.call('RPUSH', deliveries_key, given.delivery)
redis.call('EXPIRE', deliveries_key, seconds.record)
if given.again_seconds == '' then
  redis.call('ZREM', names.due, ref)
else
  redis.call('ZADD', names.due, 'XX', redis.call('TIME')[1] + given.again_seconds, ref)
end
return give_back_slots(name_record(ref), ref)
