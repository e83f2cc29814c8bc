{{ staged('event_figures') }}
