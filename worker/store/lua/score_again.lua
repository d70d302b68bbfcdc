-- Queues the jobs of a batch that are done to be scored again from their reports, against the built-in roles and those
-- in `role_texts`, which the owner has written; `items` are the ids of all jobs of the batch. Without `batch_id` it is the
-- one job of `items`, which was sent by itself. An empty bound is no bound. Each job keeps its report until there is the
-- new one.
--
-- Answers {'queued', id, ...} with the jobs; {'unfinished'} if one has not ended; or the bound that was reached.
local batch_id, now = given.batch_id, given.now
local of_batch = batch_id ~= ''
local subject_key = of_batch and names.batch .. batch_id or names.job .. items[1]
local roles_key = names.scored_roles .. (of_batch and batch_id or items[1])
local done = {}

for _, job_id in ipairs(items) do
  local state = redis.call('HGET', names.job .. job_id, 'state')
  if not has_ended(state) then return {'unfinished'} end
  if state == 'done' and redis.call('EXISTS', names.report .. job_id) == 1 then table.insert(done, job_id) end
end
local reached = find_reached_queue_bound(name_owner(subject_key), #done)
if reached then return {reached} end

redis.call('DEL', roles_key)
if given.role_texts ~= '' then redis.call('SET', roles_key, given.role_texts, 'EX', seconds.record) end
for _, job_id in ipairs(done) do
  local job_key = names.job .. job_id
  -- The field `anew` says that the job is scored again; it keeps the name that stored jobs have.
  redis.call('HSET', job_key, 'state', 'queued', 'attempts', 0, 'anew', 1)
  redis.call('HDEL', job_key, 'started_at', 'finished_at', 'costly', 'roles')
  if given.roles_digest ~= '' then redis.call('HSET', job_key, 'roles', given.roles_digest) end
  keep_job(job_id)
  redis.call('ZADD', names.pending, now, job_id)
  if of_batch then redis.call('SREM', names.ended .. batch_id, job_id) end
  add_to_turns(job_key, job_id, now)
end
redis.call('EXPIRE', names.pending, seconds.record)
if of_batch then keep_batch(batch_id) else keep_job(items[1]) end
redis.call('EXPIRE', (of_batch and names.batches or names.matches) .. name_owner(subject_key), seconds.record)
if of_batch then count_change(batch_id, done) end
table.insert(done, 1, 'queued')
return done
