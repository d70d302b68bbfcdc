-- Finds what an Idempotency-Key was used for. Prepended to every script. An empty digest means a request without a key.

-- Returns nil for a new key, {'known', id} for one that was used with the same bytes, {'reused'} for one used with other bytes.
local function find_known(request_key, digest)
  if digest == '' then return nil end
  local known_id, known_digest = unpack(redis.call('HMGET', request_key, 'id', 'digest'))
  if not known_id then return nil end
  return known_digest == digest and {'known', known_id} or {'reused'}
end

local function remember_request(request_key, digest, id)
  if digest == '' then return end
  redis.call('HSET', request_key, 'id', id, 'digest', digest)
  redis.call('EXPIRE', request_key, seconds.record)
end
