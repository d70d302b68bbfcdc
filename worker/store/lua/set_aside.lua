-- Queues a job whose first try ended early as costly, after those that may be quick. The try does not
-- count as an attempt; the owner is charged for its `work_seconds`. Does nothing if this holder has lost the lease.
local job_id = given.job_id
local job_key, lease_key = names.job .. job_id, names.lease .. job_id

if redis.call('GET', lease_key) ~= given.holder or redis.call('EXISTS', job_key) == 0 then return end
redis.call('DEL', lease_key)
redis.call('HSET', job_key, 'state', 'queued', 'costly', 1)
redis.call('HDEL', job_key, 'started_at')
redis.call('HINCRBY', job_key, 'attempts', -1)
local owner = name_owner(job_key)
charge(owner, math.max(0, given.work_seconds - START_SECONDS))
remove_from_turns(owner, job_id)
add_to_turns(job_key, job_id, given.now)
note_change(job_key)
