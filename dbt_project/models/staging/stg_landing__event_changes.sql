{{ staged('event_changes') }}
