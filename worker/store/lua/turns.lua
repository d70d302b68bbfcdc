-- Whose turn it is. Prepended to every script.
--
-- Every owner has a sorted set of jobs that have not ended (`names.pending_of_owner`). They stand in it by a number, their
-- position: the time of submission in seconds, plus COSTLY_SHIFT if the document has turned out to be costly, plus BATCH_SHIFT
-- if the job is of a batch (`waits_in_background`). So single uploads go before batches, and costly documents last among either.
-- The position divided by COSTLY_SHIFT, rounded down, is the job's class: 0 single, 1 costly single, 2 of a batch, 3 costly of
-- a batch.
--
-- `names.turns` holds the seconds of work that each owner has used; the next job is one of the owner who has used least.
-- `names.clock` holds what the owner whose turn was last has used. An owner with no jobs waiting starts again from there
-- unless they have used more: an owner who pauses gains no extra turns, and the seconds used are not forgotten.
local COSTLY_SHIFT = 5e9  -- more than any time of submission
local BATCH_SHIFT = 2 * COSTLY_SHIFT
local ALL_CLASSES, QUICK_CLASSES, QUICK_SINGLE_CLASS = {0, 1, 2, 3}, {0, 2}, {0}
local START_SECONDS = 0.1  -- charged when a job begins, the rest when it ends
local SINGLE_BONUS_SECONDS = 5  -- by which an owner with a single upload goes before others

local NOBODY = redis.sha1hex('')

local function name_owner(job_key)
  return redis.sha1hex(redis.call('HGET', job_key, 'owner') or '')
end

local function charge(owner, used_seconds)
  redis.call('ZINCRBY', names.turns, used_seconds, owner)
  redis.call('EXPIRE', names.turns, seconds.record)
end

-- Returns whether a job waits until the owner's single uploads are scored: it is of a batch, or was sent by `rolefit batch`.
local function waits_in_background(job_key)
  return redis.call('HEXISTS', job_key, 'batch') == 1 or redis.call('HEXISTS', job_key, 'in_background') == 1
end

-- Puts a job into its owner's list, unless it is there.
local function add_to_turns(job_key, job_id, now)
  local owner = name_owner(job_key)
  local pending_key = names.pending_of_owner .. owner
  local used = redis.call('ZSCORE', names.turns, owner)
  local clock = tonumber(redis.call('GET', names.clock) or 0)
  if redis.call('EXISTS', pending_key) == 0 and (not used or tonumber(used) < clock) then
    redis.call('ZADD', names.turns, clock, owner)
    redis.call('EXPIRE', names.turns, seconds.record)
  end
  local is_costly = redis.call('HEXISTS', job_key, 'costly') == 1
  local shift = (waits_in_background(job_key) and BATCH_SHIFT or 0) + (is_costly and COSTLY_SHIFT or 0)
  redis.call('ZADD', pending_key, 'NX', now + shift, job_id)
  redis.call('EXPIRE', pending_key, seconds.record)
end

local function remove_from_turns(owner, job_id)
  redis.call('ZREM', names.pending_of_owner .. owner, job_id)
end

-- Returns the host of the holder of a lease, which is named as `host:pid#task`.
local function get_host(holder)
  return string.match(holder, '^(.*):') or holder
end

-- Returns how many scoring processes of a holder's host are busy with costly documents.
local function count_costly(holder_of_host)
  local host, count = get_host(holder_of_host), 0
  for _, job_id in ipairs(redis.call('SMEMBERS', names.costly)) do
    local holder = redis.call('GET', names.lease .. job_id)
    if not holder then
      redis.call('SREM', names.costly, job_id)
    elseif get_host(holder) == host then
      count = count + 1
    end
  end
  return count
end

-- Returns the first job of a class in an owner's list that nobody works on; drops those that have expired.
local function find_free_of_class(owner, class)
  local pending_key = names.pending_of_owner .. owner
  local lowest, above = class * COSTLY_SHIFT, '(' .. (class + 1) * COSTLY_SHIFT
  local passed = 0  -- jobs at the beginning that somebody works on
  while true do
    local job_id = redis.call('ZRANGEBYSCORE', pending_key, lowest, above, 'LIMIT', passed, 1)[1]
    if not job_id then return nil end
    if redis.call('EXISTS', names.job .. job_id) == 0 then
      redis.call('ZREM', pending_key, job_id)
    elseif redis.call('EXISTS', names.lease .. job_id) == 1 then
      passed = passed + 1
    else
      return job_id
    end
  end
end

-- Returns the first job of these classes in an owner's list that nobody works on, nil if there is none.
local function find_first_free(owner, classes)
  for _, class in ipairs(classes) do
    local job_id = find_free_of_class(owner, class)
    if job_id then return job_id end
  end
end

-- Returns the owners in the order of their turns, and the seconds by which they are ordered.
local function list_owners()
  local owners, used = {}, {}
  local pairs_of_turns = redis.call('ZRANGE', names.turns, 0, -1, 'WITHSCORES')
  for i = 1, #pairs_of_turns, 2 do
    local owner = pairs_of_turns[i]
    local first = redis.call('ZRANGE', names.pending_of_owner .. owner, 0, 0, 'WITHSCORES')
    if first[1] then
      local bonus = tonumber(first[2]) < COSTLY_SHIFT and SINGLE_BONUS_SECONDS or 0
      used[owner] = tonumber(pairs_of_turns[i + 1]) - bonus
      table.insert(owners, owner)
    end
  end
  table.sort(owners, function(one, two)
    if used[one] == used[two] then return one < two end
    return used[one] < used[two]
  end)
  return owners, used
end

-- Returns the job whose turn it is and charges its owner for the beginning; nil if no job is free.
--
-- Costly documents take all of a host's scoring processes but one, so that quick ones need not wait for them. Without
-- tokens all jobs are one owner's, so costly ones may take every process.
local function take_turn(holder, processes)
  local has_room = count_costly(holder) < math.max(1, processes - 1)
  for _, owner in ipairs(list_owners()) do
    local job_id = find_first_free(owner, (has_room or owner == NOBODY) and ALL_CLASSES or QUICK_CLASSES)
    if job_id then
      local used = tonumber(redis.call('ZSCORE', names.turns, owner))
      local clock = tonumber(redis.call('GET', names.clock) or 0)
      redis.call('SET', names.clock, math.max(clock, used), 'EX', seconds.record)
      charge(owner, START_SECONDS)
      return job_id
    end
  end
  return nil
end
