-- Takes up a webhook that is due, for a while. Answers which attempt this is, or 0 if it is not due or has to wait
-- because others are being sent to the same host or for the same owner.
local due_key, record_key = unpack(KEYS)
local ref = ARGV[1]
local GRACE_SECONDS = 1  -- messages come a little early

local now = tonumber(redis.call('TIME')[1])
local due_at = redis.call('ZSCORE', due_key, ref)
if not due_at or tonumber(due_at) > now + GRACE_SECONDS then return 0 end
if redis.call('EXISTS', record_key) == 0 then
  redis.call('ZREM', due_key, ref)
  return 0
end
redis.call('ZADD', due_key, now + seconds.webhook_claim, ref)
if not take_slots(record_key, ref, now) then return 0 end
return redis.call('HINCRBY', record_key, 'calls', 1)
