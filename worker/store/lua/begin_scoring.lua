-- Notes that the document of a job has been read and is being scored. Does nothing if the job was deleted or has ended.
local job_key = names.job .. given.job_id

if redis.call('HGET', job_key, 'state') == 'running' then redis.call('HSET', job_key, 'stage', 'scoring') end
