"""The steps of a job that must happen whole or not at all, as Lua that Redis runs in one piece."""

# KEYS: job, lease, document, pending. ARGV: job id, holder, lease seconds, most attempts, now.
# Answers: name, document and time of submission, or why there is nothing to do.
BEGIN = """
local state = redis.call('HGET', KEYS[1], 'state')
if not state or state == 'done' or state == 'failed' then
  redis.call('ZREM', KEYS[4], ARGV[1])
  return {'over'}
end
if not redis.call('SET', KEYS[2], ARGV[2], 'NX', 'EX', ARGV[3]) then return {'held'} end
if tonumber(redis.call('HGET', KEYS[1], 'attempts')) >= tonumber(ARGV[4]) then return {'exhausted'} end
redis.call('HINCRBY', KEYS[1], 'attempts', 1)
redis.call('HSET', KEYS[1], 'state', 'running')
redis.call('HSETNX', KEYS[1], 'started_at', ARGV[5])
local facts = redis.call('HMGET', KEYS[1], 'name', 'submitted_at')
return {'begun', facts[1], redis.call('GET', KEYS[3]), facts[2]}
"""

# KEYS: lease. ARGV: holder.
RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
"""

# KEYS: job, lease, document, pending, report, clean, metrics.
# ARGV: job id, state, now, report, error, retention seconds, then names of counts and what to add to each.
# Answers 1 if this call ended the job, 0 if it was over already or erased: the first result stays.
FINISH = """
local state = redis.call('HGET', KEYS[1], 'state')
if not state or state == 'done' or state == 'failed' then return 0 end
redis.call('HSET', KEYS[1], 'state', ARGV[2], 'finished_at', ARGV[3])
if ARGV[4] ~= '' then redis.call('SET', KEYS[5], ARGV[4], 'EX', ARGV[6]) end
if ARGV[5] ~= '' then redis.call('HSET', KEYS[1], 'error', ARGV[5]) end
redis.call('EXPIRE', KEYS[1], ARGV[6])
redis.call('DEL', KEYS[2], KEYS[3], KEYS[6])
redis.call('HINCRBY', KEYS[7], 'attempts', redis.call('HGET', KEYS[1], 'attempts'))
for i = 7, #ARGV, 2 do redis.call('HINCRBYFLOAT', KEYS[7], ARGV[i], ARGV[i + 1]) end
redis.call('ZREM', KEYS[4], ARGV[1])
return 1
"""
