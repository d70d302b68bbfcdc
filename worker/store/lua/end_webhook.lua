-- Notes an attempt to send a webhook and gives back its slots; `again_seconds` is empty for the last attempt.
-- Answers the webhooks that waited for these slots.
local due_key, record_key, deliveries_key = unpack(KEYS)
local ref, delivery, again_seconds = unpack(ARGV)

redis.call('RPUSH', deliveries_key, delivery)
redis.call('EXPIRE', deliveries_key, seconds.record)
if again_seconds == '' then
  redis.call('ZREM', due_key, ref)
else
  redis.call('ZADD', due_key, 'XX', redis.call('TIME')[1] + again_seconds, ref)
end
return give_back_slots(record_key, ref)
