-- Lists what an owner has sent, so that it is found again without its address. Prepended to every script.
--
-- `names.matches` and `names.batches` hold the ids of each owner's jobs and batches by time of submission. A document of
-- a batch is found through its batch. A list is kept as long as the record in it that is kept longest.
local CHECKED_AT_ONCE = 10

-- Adds a record that has just been stored, and drops the oldest ones that have expired.
local function list_upload(kind, list_prefix, owner, id, now)
  local list_key = list_prefix .. owner
  for _, oldest in ipairs(redis.call('ZRANGE', list_key, 0, CHECKED_AT_ONCE - 1)) do
    if redis.call('EXISTS', names[kind] .. oldest) == 0 then redis.call('ZREM', list_key, oldest) end
  end
  redis.call('ZADD', list_key, now, id)
  redis.call('EXPIRE', list_key, seconds.record)
end

-- Lets the list with a job, or with its batch, expire no earlier than the job.
local function keep_list(job_key)
  local list_prefix = redis.call('HEXISTS', job_key, 'batch') == 1 and names.batches or names.matches
  redis.call('EXPIRE', list_prefix .. name_owner(job_key), seconds.record)
end
