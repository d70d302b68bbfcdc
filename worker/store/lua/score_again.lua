-- Queues the jobs of a batch that are done to be scored again from their reports, against the built-in roles and those
-- in `role_texts`, which the owner has written. An empty bound is no bound. Each keeps its report until there is the new one.
--
-- Answers {'queued', id, ...} with the jobs; {'unfinished'} if one has not ended; or the bound that was reached.
local pending_key, roles_key, batch_key = unpack(KEYS)
local now, roles_digest, role_texts, max_jobs, max_jobs_of_owner = unpack(ARGV, 1, 5)
local done = {}

for i = 6, #ARGV do
  local state = redis.call('HGET', names.job .. ARGV[i], 'state')
  if not has_ended(state) then return {'unfinished'} end
  if state == 'done' and redis.call('EXISTS', names.report .. ARGV[i]) == 1 then table.insert(done, ARGV[i]) end
end
local waiting = redis.call('ZCARD', names.waiting .. name_owner(batch_key))
if max_jobs ~= '' and redis.call('ZCARD', pending_key) + #done > tonumber(max_jobs) then return {'queue_full'} end
if max_jobs_of_owner ~= '' and waiting + #done > tonumber(max_jobs_of_owner) then return {'queue_full_of_owner'} end

redis.call('DEL', roles_key)
if role_texts ~= '' then redis.call('SET', roles_key, role_texts, 'EX', seconds.record) end
for _, job_id in ipairs(done) do
  local job_key = names.job .. job_id
  -- The field `anew` says that the job was scored before; it keeps the name that stored jobs have.
  redis.call('HSET', job_key, 'state', 'queued', 'attempts', 0, 'anew', 1)
  redis.call('HDEL', job_key, 'started_at', 'finished_at', 'costly', 'roles')
  if roles_digest ~= '' then redis.call('HSET', job_key, 'roles', roles_digest) end
  for _, key in ipairs({job_key, names.report .. job_id, names.search_facts .. job_id, names.pages .. job_id}) do
    redis.call('EXPIRE', key, seconds.record)
  end
  redis.call('ZADD', pending_key, now, job_id)
  redis.call('SREM', names.ended .. string.sub(batch_key, #names.batch + 1), job_id)
  add_to_turns(job_key, job_id, now)
end
for _, key in ipairs({pending_key, batch_key}) do redis.call('EXPIRE', key, seconds.record) end
redis.call('EXPIRE', names.batches .. name_owner(batch_key), seconds.record)
count_change(string.sub(batch_key, #names.batch + 1), done)
table.insert(done, 1, 'queued')
return done
