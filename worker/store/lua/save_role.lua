-- Saves a role of an owner under the id `wanted_id`. If `new` is '1', it gets the next id that is free.
--
-- Answers {'saved', id}; {'repeated', id} or {'key_reused'} for an Idempotency-Key that was used before; {'store_full'}; or
-- {'store_full_of_owner'}. The earlier role is deleted from the disk, too, by a rewrite of the append-only file.
local roles_key, request_key, wanted_id = names.roles .. redis.sha1hex(given.owner), given.request_key, given.wanted_id

local used = find_used_key(request_key, given.digest)
if used and (used[1] == 'key_reused' or redis.call('HEXISTS', roles_key, used[2]) == 1) then return used end
if redis.call('EXISTS', names.refusing) == 1 then return {'store_full'} end

local id, number = wanted_id, 2
while given.new == '1' and redis.call('HEXISTS', roles_key, id) == 1 do
  id = wanted_id .. '-' .. number
  number = number + 1
end
if redis.call('HEXISTS', roles_key, id) == 0 and redis.call('HLEN', roles_key) >= tonumber(given.max_roles) then
  return {'store_full_of_owner'}
end
remember_request(request_key, given.digest, id)
redis.call('HSET', roles_key, id, given.role)
redis.call('EXPIRE', roles_key, seconds.record)
redis.call('DEL', names.clean)
return {'saved', id}
