-- Takes the lease on the job whose turn it is, and counts the attempt.
--
-- `announced_id` is the job that the message named. Because owners take turns, the job taken may be another one; the
-- named job is then taken for a later message. The holder's host has that many scoring `processes`.
-- Answers {'begun', id, name, document, time of submission, '1' if costly, role texts, search facts, '1' if scored
-- before, '1' if of a batch}; {'exhausted', id} when no attempt is left; or {'nothing'}. The role texts are the owner's
-- roles that the job is scored against. A job that was scored before has its report in place of the document, and only
-- such a job has search facts.
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
if tonumber(redis.call('HGET', job_key, 'attempts')) >= tonumber(given.max_attempts) then return {'exhausted', job_id} end
redis.call('HINCRBY', job_key, 'attempts', 1)
redis.call('HSET', job_key, 'state', 'running', 'stage', 'reading')
redis.call('HSETNX', job_key, 'started_at', given.started_at)
note_change(job_key)
local name, submitted_at, costly, roles_digest, batch_id, scored_before, in_background =
  unpack(redis.call('HMGET', job_key, 'name', 'submitted_at', 'costly', 'roles', 'batch', 'anew', 'in_background'))
if costly then
  redis.call('SADD', names.costly, job_id)
  redis.call('EXPIRE', names.costly, seconds.record)
end
local role_texts = roles_digest and redis.call('GET', names.scored_roles .. (batch_id or job_id)) or ''
local content = redis.call('GET', (scored_before and names.report or names.document) .. job_id)
local search_facts = scored_before and redis.call('GET', names.search_facts .. job_id) or ''
return {'begun', job_id, name, content, submitted_at, costly or '', role_texts, search_facts,
  scored_before or '', (batch_id or in_background) and '1' or ''}
