-- Bounds how many webhooks are sent at once to one host and for one owner. Prepended to every script.
--
-- Each host and each owner has slots (`names.sending`), which expire should their sender die, and a list of webhooks
-- that wait for one (`names.held_back`). A sender that gives its slots back wakes one webhook from each list.
local SLOTS_OF_HOST = 2
local SLOTS_OF_OWNER = 3

local function list_slots(record_key)
  local url, owner = unpack(redis.call('HMGET', record_key, 'callback_url', 'owner'))
  local host = string.lower(string.match(url or '', '^%a+://([^/?#]+)') or '')
  local slots = {{name = 'host:' .. redis.sha1hex(host), most = SLOTS_OF_HOST}}
  if owner and owner ~= '' then  -- where access is open there is one owner
    table.insert(slots, {name = 'owner:' .. redis.sha1hex(owner), most = SLOTS_OF_OWNER})
  end
  return slots
end

-- Takes a slot of the host and one of the owner and returns true; if one is not free, the webhook waits for it.
local function take_slots(record_key, ref, now)
  local slots = list_slots(record_key)
  for _, slot in ipairs(slots) do
    redis.call('ZREMRANGEBYSCORE', names.sending .. slot.name, '-inf', now)
    if redis.call('ZCARD', names.sending .. slot.name) >= slot.most then
      redis.call('ZADD', names.held_back .. slot.name, 'NX', now, ref)
      redis.call('EXPIRE', names.held_back .. slot.name, seconds.record)
      return false
    end
  end
  for _, slot in ipairs(slots) do
    redis.call('ZADD', names.sending .. slot.name, now + seconds.webhook_slot, ref)
    redis.call('EXPIRE', names.sending .. slot.name, seconds.webhook_slot)
  end
  return true
end

-- Gives back the slots and returns the webhooks that may be sent now.
local function give_back_slots(record_key, ref)
  local woken = {}
  for _, slot in ipairs(list_slots(record_key)) do
    redis.call('ZREM', names.sending .. slot.name, ref)
    local next_ref
    repeat  -- a webhook that is no longer due was deleted meanwhile
      next_ref = redis.call('ZPOPMIN', names.held_back .. slot.name)[1]
    until not next_ref or redis.call('ZSCORE', names.due, next_ref)
    if next_ref then
      redis.call('ZADD', names.due, 'XX', redis.call('TIME')[1], next_ref)
      table.insert(woken, next_ref)
    end
  end
  return woken
end
