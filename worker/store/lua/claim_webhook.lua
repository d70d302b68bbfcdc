-- Reserves a due webhook for one sender, for a limited time. `ref` names its job or batch, as `job:{id}`.
-- Answers which attempt this is, or 0 if it is not due or has to wait because others are being sent to the same host or
-- for the same owner.
local GRACE_SECONDS = 1  -- messages come a little early
local ref, record_key = given.ref, name_record(given.ref)

local now = tonumber(redis.call('TIME')[1])
local due_at = redis.call('ZSCORE', names.due, ref)
if not due_at or tonumber(due_at) > now + GRACE_SECONDS then return 0 end
if redis.call('EXISTS', record_key) == 0 then
  redis.call('ZREM', names.due, ref)
  return 0
end
redis.call('ZADD', names.due, now + seconds.webhook_claim, ref)
if not take_slots(record_key, ref, now) then return 0 end
return redis.call('HINCRBY', record_key, 'calls', 1)
