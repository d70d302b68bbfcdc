-- Finds what an Idempotency-Key was used for. Prepended to every script. An empty digest means a request without a key.

-- Returns nil for a new key, {'repeated', id} for one that was used with the same bytes, {'key_reused'} for one used with other
-- bytes.
local function find_used_key(request_key, digest)
  if digest == '' then return nil end
  local used_id, used_digest = unpack(redis.call('HMGET', request_key, 'id', 'digest'))
  if not used_id then return nil end
  return used_digest == digest and {'repeated', used_id} or {'key_reused'}
end

local function remember_request(request_key, digest, id)
  if digest == '' then return end
  redis.call('HSET', request_key, 'id', id, 'digest', digest)
  redis.call('EXPIRE', request_key, seconds.record)
end
