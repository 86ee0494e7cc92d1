"""The delivery road measured beside Celery and dramatiq: python -m benchmarks.road [rate] [publish] [tick] …"""
