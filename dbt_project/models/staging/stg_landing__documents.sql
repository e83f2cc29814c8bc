{{ staged('documents') }}
