bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 2
threads = 4
keepalive = 75
control_socket_disable = True
