{{ staged('figures') }}
