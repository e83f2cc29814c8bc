{{ staged('event_members') }}
