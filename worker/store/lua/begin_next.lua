-- Takes the lease on the job whose turn it is, and counts the attempt; AttemptStore.begin_next says what the arguments are.
-- Answers {'begun', name, value, ...} with the fields of `Work` (worker/store/jobs/job.py): '1' for true, an empty text for
-- false and for no value; {'exhausted', 'id', id} when no attempt is left; or {'nothing'}. A job that was scored before has a
-- report and search facts, and no document.
local announced_id = given.announced_id

if has_ended(redis.call('HGET', names.job .. announced_id, 'state')) then
  redis.call('ZREM', names.pending, announced_id)
elseif redis.call('ZSCORE', names.pending, announced_id) then
  add_to_turns(names.job .. announced_id, announced_id, given.now)  -- version 0.1.0 kept no turns
end

local job_id = take_turn(given.holder, tonumber(given.processes))
if not job_id then return {'nothing'} end
local job_key = names.job .. job_id
redis.call('SET', names.lease .. job_id, given.holder, 'EX', given.lease_seconds)
if tonumber(redis.call('HGET', job_key, 'attempts')) >= tonumber(given.max_attempts) then return {'exhausted', 'id', job_id} end
redis.call('HINCRBY', job_key, 'attempts', 1)
redis.call('HSET', job_key, 'state', 'running', 'stage', 'reading')
redis.call('HSETNX', job_key, 'started_at', given.started_at)
note_change(job_key)
local name, submitted_at, costly, roles_digest, batch_id, is_scored_again =
  unpack(redis.call('HMGET', job_key, 'name', 'submitted_at', 'costly', 'roles', 'batch', 'anew'))
if costly then
  redis.call('SADD', names.costly, job_id)
  redis.call('EXPIRE', names.costly, seconds.record)
end

local function read(prefix, id) return redis.call('GET', prefix .. id) or '' end
return {'begun',
  'id', job_id,
  'name', name or '',
  'submitted_at', submitted_at,
  'costly', costly or '',
  'in_background', waits_in_background(job_key) and '1' or '',
  'role_texts', roles_digest and read(names.scored_roles, batch_id or job_id) or '',
  'content', is_scored_again and '' or read(names.document, job_id),
  'report', is_scored_again and read(names.report, job_id) or '',
  'search_facts', is_scored_again and read(names.search_facts, job_id) or '',
}
