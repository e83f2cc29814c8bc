{{ staged('event_arguments') }}
