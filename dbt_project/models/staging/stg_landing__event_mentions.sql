{{ staged('event_mentions') }}
