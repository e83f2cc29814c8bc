{{ staged('locations') }}
