{{ staged('loads') }}
