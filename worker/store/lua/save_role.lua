-- Saves a role of an owner under its id. A `new` one gets the next id that is free.
--
-- Answers {'saved', id}; {'known', id} or {'reused'} for an Idempotency-Key that was used before; {'store_full'}; or
-- {'too_many'}. What was saved before is to be gone from the disk.
local roles_key, request_key, clean_key = unpack(KEYS)
local wanted_id, role, digest, new, most_roles = unpack(ARGV)

local known = find_known(request_key, digest)
if known and (known[1] == 'reused' or redis.call('HEXISTS', roles_key, known[2]) == 1) then return known end
if redis.call('EXISTS', names.refusing) == 1 then return {'store_full'} end

local id, number = wanted_id, 2
while new == '1' and redis.call('HEXISTS', roles_key, id) == 1 do
  id = wanted_id .. '-' .. number
  number = number + 1
end
if redis.call('HEXISTS', roles_key, id) == 0 and redis.call('HLEN', roles_key) >= tonumber(most_roles) then
  return {'too_many'}
end
remember_request(request_key, digest, id)
redis.call('HSET', roles_key, id, role)
redis.call('EXPIRE', roles_key, seconds.record)
redis.call('DEL', clean_key)
return {'saved', id}
