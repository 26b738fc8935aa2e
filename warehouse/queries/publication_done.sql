UPDATE ops.publication SET seconds = $seconds, cost_s = $cost_s, n_bytes = $n_bytes WHERE number = $number
