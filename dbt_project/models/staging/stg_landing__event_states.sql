{{ staged('event_states') }}
