{{ staged('claims') }}
