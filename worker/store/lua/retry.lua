-- Queues a failed job again. Answers 1, or 0 if it has not failed or its document is not kept.
local job_id, now = given.job_id, given.now
local job_key, document_key = names.job .. job_id, names.document .. job_id

if redis.call('HGET', job_key, 'state') ~= 'failed' or redis.call('EXISTS', document_key) == 0 then return 0 end
uncount_part('failed', job_key)
count_part('document', job_key, job_id, redis.call('STRLEN', document_key), seconds.record)
redis.call('HSET', job_key, 'state', 'queued', 'attempts', 0)
redis.call('HDEL', job_key, 'error', 'started_at', 'finished_at')
redis.call('ZADD', names.pending, now, job_id)
redis.call('ZREM', names.due, 'job:' .. job_id)
keep_job(job_id)
for _, key in ipairs({document_key, names.pending}) do redis.call('EXPIRE', key, seconds.record) end
keep_list(job_key)
note_change(job_key)
add_to_turns(job_key, job_id, now)
local batch_id = redis.call('HGET', job_key, 'batch')
if batch_id then redis.call('SREM', names.ended .. batch_id, job_id) end
return 1
