{{ staged('event_counts') }}
