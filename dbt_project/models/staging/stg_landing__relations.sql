{{ staged('relations') }}
