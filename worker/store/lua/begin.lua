-- Takes the lease on a job and counts the attempt.
--
-- Answers {'begun', name, document, time of submission}, or why there is nothing to do: {'over'} for a job that has
-- ended or was erased, {'held'} while another process has the lease, {'exhausted'} when no attempt is left.
local job_key, lease_key, document_key, pending_key = unpack(KEYS)
local job_id, holder, lease_seconds, max_attempts, now = unpack(ARGV)

local state, attempts = unpack(redis.call('HMGET', job_key, 'state', 'attempts'))
if not state or state == 'done' or state == 'failed' then
  redis.call('ZREM', pending_key, job_id)
  return {'over'}
end
if not redis.call('SET', lease_key, holder, 'NX', 'EX', lease_seconds) then return {'held'} end
if tonumber(attempts) >= tonumber(max_attempts) then return {'exhausted'} end
redis.call('HINCRBY', job_key, 'attempts', 1)
redis.call('HSET', job_key, 'state', 'running')
redis.call('HSETNX', job_key, 'started_at', now)
local name, submitted_at = unpack(redis.call('HMGET', job_key, 'name', 'submitted_at'))
return {'begun', name, redis.call('GET', document_key), submitted_at}
