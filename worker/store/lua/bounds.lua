-- Limits how many jobs wait and how many bytes are kept. Prepended to every script. The bounds are arguments of the scripts
-- that check them; an empty bound is no limit.

local function is_beyond(bound, count)
  return bound ~= '' and count > tonumber(bound)
end

-- Returns the bound that further jobs of an owner would exceed, nil if there is none.
local function find_reached_queue_bound(owner, added_jobs)
  if is_beyond(given.max_jobs, redis.call('ZCARD', names.pending) + added_jobs) then return 'queue_full' end
  local of_owner = redis.call('ZCARD', names.pending_of_owner .. owner)
  if is_beyond(given.max_jobs_of_owner, of_owner + added_jobs) then return 'queue_full_of_owner' end
end

-- Returns the bound that further bytes of an owner would exceed, nil if there is none.
local function find_reached_store_bound(owner, added_bytes)
  if is_beyond(given.max_bytes, read_bytes('all') + added_bytes) then return 'store_full' end
  if is_beyond(given.max_bytes_of_owner, read_bytes(owner) + added_bytes) then return 'store_full_of_owner' end
end
